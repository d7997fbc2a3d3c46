@echo off
rem monev for Windows: monev ARGS, from any folder. Needs Python 3.11 or newer, nothing else.
rem Without ARGS, as by a double click, it opens the page in the browser (monev app), and what goes
rem wrong stays on the screen.
rem
rem Where .venv fits, its Python starts monev at once (--warm; it ends with 97 where .venv does not
rem fit, and Windows with 103 where the Python behind .venv is gone); otherwise
rem lib\monev_bootstrap.py makes .venv first. That file also documents the environment variables.
setlocal EnableExtensions DisableDelayedExpansion
set "PYTHONHOME="
set "PYTHONPATH="
for %%I in ("%~dp0.") do set "_root=%%~fI"
set "_boot=%~dp0lib\monev_bootstrap.py"
set "_venv=%~dp0.venv\Scripts\python.exe"
set "_page="
if "%~1"=="" set "_page=app"

if defined MONEV_PYTHON goto own
if not exist "%~dp0.venv\monev-stamp" goto cold
if not exist "%_venv%" goto cold
"%_venv%" -I "%_boot%" --warm "%_root%" %_page% %*
if "%ERRORLEVEL%"=="97" goto cold
if "%ERRORLEVEL%"=="103" goto cold
goto end

:own
"%MONEV_PYTHON%" -I "%_boot%" --in-place "%_root%" %_page% %*
goto end

:cold
set "_test=import sys; sys.exit(sys.version_info < (3, 11))"
call py -3 -I -c "%_test%" >nul 2>nul <nul
if not errorlevel 1 (set "_py=py -3" & goto found)
for %%P in (python3.14 python3.13 python3.12 python3.11 python python3) do (
    call %%P -I -c "%_test%" >nul 2>nul <nul
    if not errorlevel 1 (set "_py=%%P" & goto found)
)
if /i "%MONEV_LANG:~0,2%"=="en" (
    echo monev: Python 3.11 or newer was not found; install it and run the same command again. 1>&2
) else (
    echo monev: Python 3.11 atau lebih baru tidak ditemukan; pasang lalu jalankan perintah yang sama lagi. 1>&2
)
if defined _page pause
exit /b 3

:found
%_py% -I "%_boot%" "%_root%" %_page% %*

:end
set "_code=%ERRORLEVEL%"
if defined _page if not "%_code%"=="0" pause
exit /b %_code%
